/** What a mail says. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain texts; what users wrote may stand in them. */
  readonly paragraphs: readonly string[];
  /** Where it leads, below `PUBLIC_URL`. */
  readonly link?: { readonly label: string; readonly path: string };
}

/** A mail as it goes out. */
export interface RenderedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
