import bcrypt from 'bcrypt';

const COST = 12;

/** A hash that no password has, to compare with where there is no account: the answer takes as long. */
const NOBODYS_HASH = bcrypt.hashSync(crypto.randomUUID(), COST);

export const hashPassword = (password: string): Promise<string> => bcrypt.hash(password, COST);

/** @param hash null for an account without a password, or for no account: false after the same time */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const matches = await bcrypt.compare(password, hash ?? NOBODYS_HASH);
  // bcrypt reads no further than 72 bytes: what goes on after them is another password.
  return matches && hash !== null && Buffer.byteLength(password) <= 72;
}
