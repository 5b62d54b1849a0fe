/** The text of a file, or why there is none: `absent`, or a sentence. */
export type FileText = { readonly text: string } | { readonly absent: true } | { readonly reason: string }

/** The files of one repository at one commit or in one folder. Paths go below its root, with forward slashes. */
export interface FileSource {
  /**
   * The paths of the files of a folder and of the links in it, sorted; none where it is not there, a sentence where it is none.
   * @throws GitHubError where it cannot be read
   */
  list(folder: string): Promise<readonly string[] | { readonly reason: string }>
  /** @throws GitHubError where the whole repository cannot be read */
  read(path: string): Promise<FileText>
}

/** The most bytes of one file: as large as GitHub gives through the contents API in one answer. */
export const MOST_BYTES = 1 << 20

export const TOO_LARGE = 'it is larger than 1 MiB'
export const NO_FOLDER = 'it is no folder, but a file, a link or a submodule'

/** The text of bytes, which must be UTF-8. */
export function decodedText(bytes: Uint8Array): FileText {
  if (bytes.byteLength > MOST_BYTES) return { reason: TOO_LARGE }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { reason: 'it is not UTF-8 text' }
  }
}
