import 'reflect-metadata';
import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

/** The environment of a test file, in which what `transformer.js` made finds what Node.js has loaded. */
export default class NativeServerEnvironment extends TestEnvironment {
  #variables = { ...process.env };

  constructor(config, context) {
    super(config, context);
    this.global.loadNatively = createRequire(import.meta.url);
    // What tests share with the server: its time, the metadata of its classes, and its settings.
    this.global.Date = Date;
    this.global.Reflect = Reflect;
    this.global.process.env = process.env;
  }

  /** The settings of a test file end with it. */
  async teardown() {
    for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, this.#variables);
    await super.teardown();
  }
}
