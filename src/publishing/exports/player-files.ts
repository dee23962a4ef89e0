import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectRoot } from '../../config/project-root.js';
import type { Player } from '../formats/html/write-html.js';

const FOLDER = join(projectRoot, 'dist/player');

/** The offline player, which `npm run build` bundles. */
@Injectable()
export class PlayerFiles {
  #player: Promise<Player> | undefined;

  /** Read once. */
  get(): Promise<Player> {
    this.#player ??= read();
    return this.#player;
  }
}

async function read(): Promise<Player> {
  const [script, style] = await Promise.all(
    ['main.js', 'player.css'].map((name) => readFile(join(FOLDER, name), 'utf8')),
  );
  return {
    script: script!,
    style: style!,
    scriptHash: hashSource(script!),
    styleHash: hashSource(style!),
  };
}

const hashSource = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
