import { createRequire } from 'node:module'

// Not an import: Node 20 prints a warning for each JSON module.
/** The table that `npm run descriptions` made; endpoints.ts gives it its types. */
export const ENDPOINT_TABLE: unknown = createRequire(import.meta.url)('./endpoints.json')
