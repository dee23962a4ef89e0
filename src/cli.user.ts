import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { UserService } from './auth/users/user.service.js';
import { askSecret, print, withApp } from './cli.run.js';

/** Adds the commands that look after accounts. */
export function addUserCommands(program: Command): void {
  const user = program.command('user').description('Manage accounts.');

  user
    .command('list')
    .description(
      'list the accounts, oldest first: name, address, role and last activity, with tabs',
    )
    .action(() =>
      withApp({}, async (app) => {
        for await (const { username, email, role, lastActive } of app.get(UserService).accounts())
          print([username, email, role, lastActive.toISOString()].join('\t'));
      }),
    );

  user
    .command('create <username> <email>')
    .description('make an account; the password is read from standard input')
    .option('--admin', 'make it an administrator', false)
    .action((username: string, email: string, { admin }: { admin: boolean }) =>
      withApp({}, async (app) => {
        const role = admin ? 'admin' : 'user';
        const password = await readPassword();
        await app.get(UserService).createByOperator({ username, email, password, role });
        print(`Made the ${role} ${username}.`);
      }),
    );

  user
    .command('promote <nameOrEmail>')
    .description('make an account an administrator')
    .action((identifier: string) =>
      withApp({}, async (app) => {
        const { username } = await app.get(UserService).promote(identifier);
        print(`${username} is an administrator now.`);
      }),
    );

  user
    .command('demote <nameOrEmail>')
    .description('make an administrator an ordinary user, unless it is the last one')
    .action((identifier: string) =>
      withApp({}, async (app) => {
        const { username } = await app.get(UserService).demote(identifier);
        print(`${username} is an ordinary user now.`);
      }),
    );

  user
    .command('reset-password <nameOrEmail>')
    .description(
      'give an account a new password, read from standard input, and end all its sessions',
    )
    .option('--generate', 'make the password, and print it: nothing else keeps it', false)
    .action((identifier: string, { generate }: { generate: boolean }) =>
      withApp({}, async (app) => {
        const password = generate ? newPassword() : await readPassword();
        const { username } = await app.get(UserService).resetPassword(identifier, password);
        print(generate ? password : `${username} has a new password, and no sessions.`);
      }),
    );
}

/** 120 random bits. */
const newPassword = () => randomBytes(15).toString('base64url');

/** The first line of standard input, asked for where somebody is there to answer. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) return askSecret('Password: ');
  return (await text(process.stdin)).split(/\r?\n/)[0] ?? '';
}
