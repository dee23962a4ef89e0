/** A place to go to, below `PUBLIC_URL`. */
export interface MailLink {
  readonly label: string;
  readonly path: string;
}

/** What a mail says. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain texts; what users wrote may stand in them. */
  readonly paragraphs: readonly string[];
  readonly links?: readonly MailLink[];
  /** Where mails of this kind can be ended with one click, for those that nobody has to get. */
  readonly unsubscribe?: MailLink;
}

/** A mail as it goes out. */
export interface RenderedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}
