import { createRequire } from 'node:module'

// Not an import: Node 20 prints a warning for each JSON module.
const { version } = createRequire(import.meta.url)('../../package.json') as { readonly version: string }

/** The version of octoform that runs. */
export const VERSION = version
