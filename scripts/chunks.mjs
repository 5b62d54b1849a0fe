// Which modules lie together in a file of dist/. A file for each set of commands that share modules, as a bundler makes
// them by itself, gives a hundred files, and one file for all makes the shortest command read everything.
//
// Each group holds what its entries import at once and no group before it has: so a command never reads a later group
// than its own.
const GROUPS = [
  ['cli', ['src/cli.ts']],
  ['start', ['src/commands/main.ts', 'src/commands/run-process.ts']],
  ['validate', ['src/commands/validate.ts', 'src/run/through-gate.ts']],
  ['families', ['src/families/index.ts']],
  ['yaml', ['src/config/parse-wholly.ts']],
  ['operate', ['src/commands/operations.ts', 'src/operate/run-operation.ts']],
  ['policy', ['src/cleanup/policy.ts']],
  ['plan', ['src/commands/plan.ts']],
  ['write', ['src/commands/drift.ts', 'src/commands/apply.ts', 'src/report/report-failure.ts']],
]

/** Packages that are large and seldom needed stay in files of their own. */
const ALONE = /\/node_modules\/(?:libsodium|undici|@octokit)/

/** A plugin of rolldown that learns which module imports which, and the groups for its output. */
export function chunking() {
  const imports = new Map()
  const plugin = {
    name: 'imports',
    buildEnd() {
      for (const id of this.getModuleIds()) imports.set(id, this.getModuleInfo(id).importedIds)
    },
  }
  let placed
  const groupOf = (id) => {
    placed ??= placesIn(imports)
    return placed.get(id)
  }
  const groups = GROUPS.map(([name], index) => ({
    name,
    priority: GROUPS.length - index,
    includeDependenciesRecursively: false,
    test: (id) => groupOf(id) === name,
  }))
  return { plugin, groups }
}

function placesIn(imports) {
  const placed = new Map()
  for (const [name, entries] of GROUPS) {
    for (const entry of entries) {
      const start = [...imports.keys()].find((id) => id.endsWith(`/${entry}`))
      if (start === undefined) throw new Error(`scripts/chunks.mjs names ${entry}, which is not built.`)
      place(start, name, imports, placed)
    }
  }
  return placed
}

/** Gives the group to a module and all that it imports at once, where none before has them. */
function place(start, name, imports, placed) {
  const todo = [start]
  while (todo.length > 0) {
    const id = todo.pop()
    if (placed.has(id) || ALONE.test(id)) continue
    placed.set(id, name)
    todo.push(...(imports.get(id) ?? []))
  }
}
