/** Whether PostgreSQL can keep a text: its texts hold no NUL characters, and its JSON no halves of surrogate pairs. */
export const isKeepable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
