/** A place to go to. */
export interface MailLink {
  readonly label: string;
  readonly path: string;
  /** Whether the server itself answers there; all others are pages of the front end. */
  readonly isServed?: true;
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
