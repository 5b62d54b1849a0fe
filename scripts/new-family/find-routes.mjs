import { LEVELS, placeOf } from './levels.mjs'
import { Problem } from './problem.mjs'

/**
 * The paths of a family, by level: those that `--routes` gives, else those of GitHub's routes to come that are called like
 * the family, such as `/orgs/{org}/actions/variables` for `variables`.
 * @param endpoints the rows of the routes to come
 * @param asked `kind`, `levels` and `paths` of the command line, each undefined where it was not given
 * @throws Problem where a level has none, or several
 */
export function findPaths(endpoints, name, asked) {
  const all = collectionsOf(endpoints)
  const found = asked.paths === undefined ? byName(all, name, asked) : byPath(all, asked)
  const other = found.find(({ kind }) => asked.kind !== undefined && kind !== asked.kind)
  if (other !== undefined) throw new Problem(`--kind ${asked.kind}: GitHub has ${other.kind} at ${other.path}.`)
  return found
}

function byPath(known, { levels, paths }) {
  const found = new Map()
  for (const path of paths) {
    const one = known.find((each) => each.path === path)
    if (one === undefined) throw new Problem(`--routes: ${path} ${whyNot(known, path)}`)
    if (found.has(one.level)) throw new Problem(`--routes: ${path} is the second path of the level ${one.level}.`)
    if (levels !== undefined && !levels.includes(one.level)) {
      throw new Problem(`--routes: ${path} is of the level ${one.level}, which --at does not name.`)
    }
    found.set(one.level, one)
  }
  const lacking = (levels ?? []).filter((level) => !found.has(level))
  if (lacking.length > 0) throw new Problem(`--routes: no path of the level ${lacking.join(', ')}, which --at names.`)
  return inOrder(found)
}

function byName(all, name, { kind, levels }) {
  const ofKind = all.filter((each) => each.kind === kind && isCalled(each.tail, name))
  const known = ofKind.length > 0 ? ofKind : all
  const found = new Map()
  for (const level of levels ?? Object.keys(LEVELS).filter((each) => each !== 'environment')) {
    const named = known.filter((each) => each.level === level && isCalled(each.tail, name))
    const own = named.filter(({ tail }) => tail.startsWith('actions/'))
    const [one, second] = own.length > 0 ? own : named
    if (second !== undefined) {
      throw new Problem(`Which routes of ${LEVELS[level].words}? Give --routes one of:\n${lines([one, second])}`)
    }
    if (one !== undefined) found.set(level, one)
    else if (levels !== undefined) throw new Problem(notFound(known, name, level))
  }
  if (found.size === 0) throw new Problem(notFound(known, name))
  return inOrder(found)
}

/** Every path that a settings document or a list of members stands at. */
function collectionsOf(endpoints) {
  const paths = [...new Set(Object.keys(endpoints).map((route) => route.split(' ')[1]))]
  return paths.flatMap((path) => {
    const place = placeOf(path)
    const get = endpoints[`GET ${path}`]
    if (place === undefined || get === undefined || place.tail.includes('{')) return []
    const has = (method, below = '') => Object.hasOwn(endpoints, `${method} ${path}${below}`)
    if (!get.list) return has('PUT') || has('PATCH') ? [{ ...place, path, kind: 'settings' }] : []
    const item = paths.find((each) => each.startsWith(`${path}/{`) && !each.slice(path.length + 1).includes('/'))
    const below = item?.slice(path.length)
    return below !== undefined && (has('POST') || has('PUT', below)) ? [{ ...place, path, item, kind: 'members' }] : []
  })
}

/** Whether a path ends in segments that have the words of the name: `actions/permissions/artifact-and-log-retention`. */
function isCalled(tail, name) {
  return `/${tail}`.split('/').some((_, at, segments) => segments.slice(at).join('_').replaceAll('-', '_') === name)
}

function inOrder(found) {
  return Object.keys(LEVELS).flatMap((level) => found.get(level) ?? [])
}

function whyNot(known, path) {
  const below = known.find((each) => path.startsWith(`${each.path}/`))
  if (below !== undefined) return `stands below ${below.path}: give that.`
  return `is not the path of settings or of a list among GitHub's routes to come. There are:\n${lines(nearest(known, path))}`
}

function notFound(known, name, level) {
  const here = known.filter((each) => level === undefined || each.level === level)
  const where = level === undefined ? '' : ` at the level ${level}`
  return `No route of GitHub is called ${name}${where}. Which routes? Give --routes PATH[,PATH…], such as:\n${lines(nearest(here, name))}`
}

/** Those with the most words in common first. */
function nearest(known, text) {
  const words = text.split(/[^a-z0-9]+/i).filter((word) => word !== '')
  const shared = ({ path }) => words.filter((word) => path.split(/[^a-z0-9]+/i).includes(word)).length
  return [...known].sort((one, other) => shared(other) - shared(one)).slice(0, 12)
}

function lines(known) {
  return known.map(({ path, kind }) => `  ${path} (${kind})`).join('\n')
}
