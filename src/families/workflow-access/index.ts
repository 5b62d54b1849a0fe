import type { Consequence } from '../../core/consequence.ts'
import type { Edit } from '../../core/family.ts'
import { isWider } from '../../core/wider.ts'
import { settingsOf } from '../common/settings-of.ts'

const LEVELS = ['none', 'user', 'organization', 'enterprise'] as const

/**
 * Which workflows outside of a private or internal repository may use its actions and reusable workflows; those of a public
 * one are open to all.
 * https://docs.github.com/rest/actions/permissions#get-the-level-of-access-for-workflows-outside-of-the-repository
 */
export const workflowAccess = settingsOf('workflow_access', {
  fields: { access_level: { wider: LEVELS } },
  consequences,
  levels: {
    repository: {
      path: '/repos/{owner}/{repo}/actions/permissions/access',
      // 422 elsewhere, to the read as well: "Access policy only applies to internal and private repositories."
      onlyOf: 'private',
    },
  },
})

/** The workflows that gain it. The repository is left out, so that rows of many fold into one. */
function consequences({ before, after, scope }: Edit): readonly Consequence[] {
  const [was, is] = [levelOf(before), levelOf(after)]
  if (is === undefined || !isWider({ wider: LEVELS, written: {} }, was, is)) return []
  const owner = 'owner' in scope ? scope.owner : ''
  const where = is === 'enterprise' ? `the enterprise of ${owner}` : owner
  const which = is === 'user' ? 'private' : 'private or internal'
  const message = `workflows in every ${which} repository of ${where} may use its actions and reusable workflows`
  return [{ message, widens: true }]
}

function levelOf(document: object | undefined): string | undefined {
  return (document as { readonly access_level?: string } | undefined)?.access_level
}
