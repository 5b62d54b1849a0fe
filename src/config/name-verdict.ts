/**
 * What a list of names says of one repository. `former`: by a name that it does not have any more. `captured`: by a name
 * that is another repository's than it was, so that nothing is to change for either.
 */
export type NameVerdict = 'yes' | { readonly former: string } | { readonly captured: string }
