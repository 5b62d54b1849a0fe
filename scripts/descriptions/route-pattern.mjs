/**
 * A pattern is `PATH` for every method, or `METHODS PATH`. A path that ends in `/**` stands for itself and all paths below
 * it; no other path stands for more than itself.
 */
const BELOW = '/**'

export function patternOf(text) {
  const words = text.split(' ')
  const path = words.pop()
  return { path, methods: words.length === 0 ? undefined : words }
}

export function matches(pattern, route) {
  const [method, path] = route.split(' ')
  if (pattern.methods !== undefined && !pattern.methods.includes(method)) return false
  if (!pattern.path.endsWith(BELOW)) return path === pattern.path
  const root = pattern.path.slice(0, -BELOW.length)
  return path === root || path.startsWith(`${root}/`)
}

/** Greater for the more particular pattern: an exact path before `/**`, then the longer path, then the one with methods. */
export function weightOf({ path, methods }) {
  return (path.endsWith(BELOW) ? 0 : 10_000) + 2 * path.length + (methods === undefined ? 0 : 1)
}
