/**
 * A plugin of rolldown that gives modules another text.
 * @param modules by the end of their path, such as `src/run/version.ts`
 */
export function replacing(modules) {
  return {
    name: 'replaced-modules',
    load(id) {
      const file = Object.keys(modules).find((path) => id.endsWith(`/${path}`))
      return file === undefined ? null : { code: modules[file](), moduleType: 'ts' }
    },
  }
}
