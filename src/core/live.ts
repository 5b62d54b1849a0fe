/** A member on GitHub: a document in the YAML's own shape, and the data that later writes need beside it. */
export interface Live<Spec = object, Ref = object> {
  readonly key: string
  /** The name as GitHub has it; left out where that is the key. */
  readonly name?: string | undefined
  readonly spec: Spec
  /** Entries of its lists as GitHub shows them, by those of the document, which are folded; left out where none differs. */
  readonly shown?: Readonly<Record<string, string>>
  readonly ref: Ref
  /** GitHub's `updated_at`, where it gives one: it shows that a secret was changed outside. */
  readonly updated_at?: string
  /** Why a name does not say which member is meant, as a whole sentence: what that leaves out of the document. */
  readonly unclear?: string | undefined
  /** A default or inherited member: never deleted, never pruned. The word is shown to people. */
  readonly fixed?: 'default' | 'inherited'
}
