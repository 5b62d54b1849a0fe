/** Where a lock is kept: one text that several processes may write, none over the work of another. */
export interface LockFile {
  /** What messages call it. */
  readonly name: string
  /** `text` is undefined where nothing was saved yet; `version` is for `save`. */
  load(): Promise<{ readonly text: string | undefined; readonly version: string }>
  /** Replaces the text if it still is the `expected` version; `ok: false` means that somebody else wrote. */
  save(
    text: string,
    expected: string,
  ): Promise<{ readonly ok: true; readonly version: string } | { readonly ok: false }>
}
