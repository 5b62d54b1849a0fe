/**
 * The verdict of a list of names on one repository. `former`: by a name that it had before. `captured`: by a name that
 * belongs to another repository than it did, so that nothing is to change for either.
 */
export type NameVerdict = 'yes' | { readonly former: string } | { readonly captured: string }
