import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * The table that `npm run descriptions` made; endpoints.ts gives it its types. Read when it is first asked for, which no
 * small `validate` does: that takes 10 ms.
 */
// Not an import: Node 20 prints a warning for each JSON module.
export function endpointTable(): unknown {
  return require('./endpoints.json')
}
