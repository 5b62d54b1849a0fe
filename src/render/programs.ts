/** The programs of which messages have command lines to copy, as alternatives of a regular expression. */
export const PROGRAMS = 'octoform|gh|openssl'
