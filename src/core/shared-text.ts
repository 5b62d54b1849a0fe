/** One text that several processes may write, none over the work of another: by compare and swap. */
export interface SharedText {
  /** Its name in messages, such as the file's path. */
  readonly name: string
  /** `text` is undefined where nothing was saved yet; `version` is for `save`. */
  load(): Promise<{ readonly text: string | undefined; readonly version: string }>
  /**
   * Replaces the text if it still is the `expected` version, and returns once it would survive a power failure. `ok:
   * false` means that another process wrote: load again.
   */
  save(
    text: string,
    expected: string,
  ): Promise<{ readonly ok: true; readonly version: string } | { readonly ok: false }>
}
