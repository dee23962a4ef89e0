export const NO_ALT_TEXT = 'an image needs a text that says what it shows';
