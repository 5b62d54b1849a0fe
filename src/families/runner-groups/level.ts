import type { FamilyAt } from '../../core/family.ts'
import { reachGroup } from '../common/group-access.ts'
import { groupReachBelow } from '../common/group-below.ts'
import { alignRunnerGroup, checkRunnerGroup } from './check.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { whyHidden } from './hidden.ts'
import { comingGroup } from './inherited.ts'
import { checkNetwork, NO_NETWORK, readNetworks } from './networks.ts'
import { readGroups } from './read-groups.ts'
import { type GroupLevel, ROUTES } from './routes.ts'
import { writeRunnerGroup } from './write.ts'

/** The runner groups of a level: the same requests, below the path of the level. */
export function groupsAt<Level extends GroupLevel>(level: Level): FamilyAt<Level, RunnerGroup, RunnerGroupRef> {
  const {
    list,
    create,
    get: GET,
    update,
    remove,
    selected,
    held,
    runners,
    allRunners,
    hosted,
    networks,
  } = ROUTES[level]
  return {
    presence: [list, create],
    reads: [list, GET, selected.read, runners, allRunners, hosted, networks],
    readsFor: [
      {
        field: 'network_configuration_id',
        routes: [networks],
        when: (id) => id !== NO_NETWORK,
        onlyToCheck: true,
        optional: true,
      },
      { field: '', routes: [hosted], ofDeleted: true, onlyToCheck: true, optional: true },
    ],
    writes: [
      ...[create, update, remove],
      ...[selected.replace, selected.add, selected.remove],
      ...[held.replace, held.add, held.remove],
    ],
    required: ['visibility'],
    read: readGroups,
    offered: readNetworks,
    align: alignRunnerGroup,
    check: (wanted, live, known, scope) => [
      ...checkRunnerGroup(wanted, live, known, scope),
      ...checkNetwork(wanted, live, known, scope),
    ],
    coming: (wanted, known, scope) => comingGroup(wanted, known, scope),
    reach: reachGroup,
    reachBelow: groupReachBelow,
    write: writeRunnerGroup,
    unreadable: (product) => whyHidden(level, product),
    byId: { ref: (id) => ({ id, runners: {} }), id: ({ id }) => id },
  }
}
