import { fieldsOf } from '../../http/body.ts'
import { type Answer, type Call, isInRepository, type Route } from '../../http/call.ts'

type Write = Pick<Route, 'method' | 'template'>
/** The name of an action, without its category where that is the level's; undefined where nothing was done that has one. */
type AuditName = string | ((call: Call, answer: Answer) => string | undefined)

const POST = 'POST'
const DELETE = 'DELETE'

/**
 * The actions of the writes that octoform makes, the first that fits, by GitHub's lists of audit log events
 * (https://docs.github.com/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/audit-log-events-for-your-enterprise).
 */
const ACTIONS: readonly (readonly [path: RegExp, method: Route['method'] | 'any', named: AuditName])[] = [
  [/\/secrets\/\{secret_name\}$/, DELETE, (call) => `remove_${kindOf(call)}_secret`],
  [
    /\/secrets\/\{secret_name\}$/,
    'PUT',
    (call, { status }) => `${status === 201 ? 'create' : 'update'}_${kindOf(call)}_secret`,
  ],
  [/\/secrets\/\{secret_name\}\/repositories/, 'any', (call) => `update_${kindOf(call)}_secret`],
  [/\/actions\/variables$|\/environments\/\{environment_name\}\/variables$/, POST, 'create_actions_variable'],
  [/\/(actions|\{environment_name\})\/variables\/\{name\}$/, DELETE, 'remove_actions_variable'],
  [/\/(actions|\{environment_name\})\/variables\/\{name\}/, 'any', 'update_actions_variable'],
  [/\/permissions\/workflow$/, 'any', 'set_default_workflow_permissions'],
  [/\/permissions\/artifact-and-log-retention$/, 'any', 'set_actions_retention_limit'],
  [/\/permissions\/fork-pr-contributor-approval$/, 'any', 'set_actions_fork_pr_approvals_policy'],
  [/\/permissions\/fork-pr-workflows-private-repos$/, 'any', 'set_fork_pr_workflows_policy'],
  [/\/permissions\/access$/, 'any', 'update_actions_access_settings'],
  [/\/permissions\/self-hosted-runners/, 'any', 'update_repo_self_hosted_runners_policy'],
  [/\/actions\/permissions/, 'any', 'update_actions_settings'],
  [/\/cache\/retention-limit$/, 'any', 'set_actions_cache_retention_policy'],
  [/\/cache\/storage-limit$/, 'any', 'set_actions_cache_storage_policy'],
  [/\/hosted-runners$/, POST, 'github_hosted_runner.create'],
  [/\/hosted-runners\/\{hosted_runner_id\}$/, 'PATCH', 'github_hosted_runner.update'],
  [/\/hosted-runners\/\{hosted_runner_id\}$/, DELETE, 'github_hosted_runner.destroy'],
  [/\/runner-groups$/, POST, 'runner_group_created'],
  [/\/runner-groups\/\{runner_group_id\}$/, DELETE, 'runner_group_removed'],
  [/\/\{runner_group_id\}\/runners$/, 'any', 'runner_group_runners_updated'],
  [/\/\{runner_group_id\}\/runners\/\{runner_id\}$/, 'PUT', 'runner_group_runners_added'],
  [/\/\{runner_group_id\}\/runners\/\{runner_id\}$/, DELETE, 'runner_group_runner_removed'],
  [/\/runner-groups\/\{runner_group_id\}/, 'any', 'runner_group_updated'],
  [/\/runners\/\{runner_id\}$/, DELETE, 'remove_self_hosted_runner'],
  [/\/runners\/generate-jitconfig$/, POST, 'configure_self_hosted_jit_runner'],
  [/\/images\/custom\/\{image_definition_id\}$/, DELETE, 'delete_custom_image'],
  [/\/deployment_protection_rules$/, POST, 'environment.add_protection_rule'],
  [/\/deployment_protection_rules\//, DELETE, 'environment.remove_protection_rule'],
  [/\/environments\/\{environment_name\}$/, DELETE, 'environment.delete'],
  [/\/environments\/\{environment_name\}($|\/deployment-branch-policies)/, 'any', 'environment.update_protection_rule'],
  [/\/workflows\/\{workflow_id\}\/disable$/, 'any', 'workflows.disable_workflow'],
  [/\/workflows\/\{workflow_id\}\/enable$/, 'any', 'workflows.enable_workflow'],
  [/\/workflows\/\{workflow_id\}\/dispatches$/, 'any', 'workflows.created_workflow_run'],
  [/\/runs\/\{run_id\}$/, DELETE, 'workflows.delete_workflow_run'],
  [/\/runs\/\{run_id\}\/(force-)?cancel$/, 'any', 'workflows.cancel_workflow_run'],
  [/\/(rerun|rerun-failed-jobs)$/, 'any', 'workflows.rerun_workflow_run'],
  [/\/runs\/\{run_id\}\/pending_deployments$/, 'any', reviewed],
  [/\/runs\/\{run_id\}\/logs$/, DELETE, 'checks.delete_logs'],
  [/\/artifacts\/\{artifact_id\}$/, DELETE, 'artifact.destroy'],
  [/\/actions\/caches/, DELETE, 'actions_cache.delete'],
  [/\/repos$/, POST, 'repo.create'],
  [/^\/repos\/\{owner\}\/\{repo\}$/, DELETE, 'repo.destroy'],
  [/^\/repos\/\{owner\}\/\{repo\}$/, 'PATCH', changed],
  [/\/topics$/, 'any', 'repo.add_topic'],
]

/** The name that the log has for a write once it is done; undefined for writes that it does not show. */
export function actionOf({
  method,
  template,
}: Write): ((call: Call, answer: Answer) => string | undefined) | undefined {
  const rule = ACTIONS.find(([path, of]) => (of === 'any' || of === method) && path.test(template))
  if (rule === undefined || method === 'GET') return undefined
  const [, , named] = rule
  return (call, answer) => {
    const word = typeof named === 'string' ? named : named(call, answer)
    return word === undefined || word.includes('.') ? word : `${categoryOf(template)}.${word}`
  }
}

/** An enterprise's runners are under `enterprise`, its settings under `business`. */
function categoryOf(template: string): string {
  if (template.includes('/environments/')) return 'environment'
  if (isInRepository({ template })) return 'repo'
  if (!template.startsWith('/enterprises/')) return 'org'
  return /\/(runners|runner-groups|hosted-runners)\b/.test(template) ? 'enterprise' : 'business'
}

/** Secrets of Dependabot and Codespaces are those of integrations. */
function kindOf({ path }: Call): 'actions' | 'integration' {
  return /\/(dependabot|codespaces|agents)\/secrets\//.test(path) ? 'integration' : 'actions'
}

function reviewed(call: Call): string {
  return fieldsOf(call.body).state === 'approved' ? 'workflows.approve_workflow_job' : 'workflows.reject_workflow_job'
}

function changed(call: Call): string | undefined {
  const { name, archived, visibility, private: isPrivate } = fieldsOf(call.body)
  if (archived !== undefined) return archived === true ? 'repo.archived' : 'repo.unarchived'
  if (visibility !== undefined || isPrivate !== undefined) return 'repo.access'
  return name === undefined ? undefined : 'repo.rename'
}
