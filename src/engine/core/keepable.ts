/** Whether a text can be kept: PostgreSQL holds no NUL characters in texts, and no halves of surrogate pairs in JSON. */
export const isKeepable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
