/** Fields without those that are null or undefined. */
export const present = <T extends object>(fields: T) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as { [Key in keyof T]?: NonNullable<T[Key]> };
