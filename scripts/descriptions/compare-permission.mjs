import { EXCEPTIONS } from './permission-exceptions.mjs'
import { matches } from './route-pattern.mjs'

/**
 * Compares one row of the permission table with GitHub's documentation.
 * @param said what the descriptions say of the route: `scopes` and `permissions` in the form of said.mjs, and whether the
 *   newest one admits Apps
 * @param listed what the page of permissions lists for the route, `LEVEL NAME=ACCESS`; undefined where it does not name it
 * @returns where `classic` and `app` come from (`descriptions`, `page` or `judgement`), the `contradictions` that no
 *   exception explains, and the `exceptions` that explain one
 */
export function comparePermission(route, { classic, app }, said, listed, exceptions = EXCEPTIONS) {
  const own = app === null ? undefined : `${app.level} ${app.name}=${app.access}`
  const contradictions = []
  const used = []
  /** The documentation's value in place of `text`, or undefined where an exception explains it. */
  const judge = (kind, text, agrees) => {
    if (agrees(text)) return true
    const exception = exceptions.find(
      (each) => each.said === `${kind} ${text}` && each.routes.some((pattern) => matches(pattern, route)),
    )
    if (exception !== undefined) used.push(exception)
    else contradictions.push(`${kind} ${text}`)
    return exception?.means !== undefined && agrees(exception.means)
  }

  const scopeAgrees = said.scopes
    .filter((text) => !isBeside(route, text))
    .map((text) => judge('scope', text, sameScope(classic)))
  const appAgrees = said.permissions.map((text) => judge('permission', text, samePermission(app)))
  if (app !== null) judge('no', said.apps ? '' : 'Apps', (text) => text === '')
  if (listed !== undefined) judge('page', listed, (text) => text === own)

  return {
    classic: scopeAgrees.includes(true) ? 'descriptions' : 'judgement',
    app: appSource(app, appAgrees, said, listed === own),
    contradictions,
    exceptions: used,
  }
}

/** An organization's lists name private repositories to those alone who may see them: `repo` is taken besides. */
function isBeside(route, scope) {
  return scope === 'repo private' && route.split(' ')[1].startsWith('/orgs/')
}

function sameScope(classic) {
  return (text) =>
    text
      .replace(/ private$/, '')
      .split('|')
      .includes(classic)
}

function samePermission(app) {
  return (text) => {
    const [, level, name, access] = /^(\S+) (\w+)=(\S+)$/.exec(text)
    return app !== null && open(level, app.level) && name === app.name && open(access, app.access)
  }
}

function open(said, own) {
  return said === '?' || said === own
}

function appSource(app, agreed, said, onPage) {
  if (agreed.includes(true) || (app === null && !said.apps)) return 'descriptions'
  return app !== null && onPage ? 'page' : 'judgement'
}
