import type { Call } from '../../http/call.ts'
import { hasSince } from '../../world/products.ts'
import type { Repository } from '../../world/store.ts'
import { nodeId, simpleUser, webOrigin } from '../accounts/present-owner.ts'
import { gitOf } from '../git/state.ts'
import { topicsOf } from '../topics.ts'
import { commonSettings, licenseOf, mergeSettings, propertiesOf, securityOf } from './present-settings.ts'
import { settingsOf } from './settings.ts'

/** The form in the lists of repositories that something is for (`minimal-repository`). */
export function minimalRepository(call: Call, repository: Repository): object {
  return { ...common(call, repository), permissions: adminPermissions(call) }
}

/** The form in the list of all repositories of an organization, with more fields of the same schema. */
export function ownedRepository(call: Call, repository: Repository): object {
  return {
    ...minimalRepository(call, repository),
    ...(hasSince(call.product, [3, 9]) ? securityOf(call, repository) : {}),
    ...(hasSince(call.product, [3, 18]) ? propertiesOf(repository) : {}),
  }
}

/** The form in the list of repositories that Actions is enabled for (`repository`). */
export function listedRepository(call: Call, repository: Repository): object {
  return {
    ...common(call, repository),
    ...mergeSettings(call, repository),
    license: licenseOf(call, repository),
    permissions: adminPermissions(call),
  }
}

/** The form of a single repository (`full-repository`). */
export function fullRepository(call: Call, repository: Repository): object {
  return {
    ...listedRepository(call, repository),
    ...securityOf(call, repository),
    ...(hasSince(call.product, [3, 12]) ? propertiesOf(repository) : {}),
    temp_clone_token: null,
    subscribers_count: 0,
    network_count: 0,
    ...(repository.owner.type === 'Organization' ? { organization: simpleUser(call, repository.owner) } : {}),
  }
}

/**
 * The fields of every form. GHES 2.22 shows a repository's visibility only to clients that ask for the nebula preview
 * (https://developer.github.com/changes/2019-12-03-internal-visibility-changes/).
 */
function common(call: Call, repository: Repository): object {
  const showsVisibility = hasSince(call.product, [3, 4]) || hasNebulaPreview(call)
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: `${repository.owner.login}/${repository.name}`,
    owner: simpleUser(call, repository.owner),
    private: repository.visibility !== 'public',
    ...(showsVisibility ? { visibility: repository.visibility } : {}),
    description: repository.description,
    fork: repository.fork,
    ...urls(call, repository),
    homepage: settingsOf(repository).current.homepage,
    language: null,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 0,
    default_branch: gitOf(repository).defaultBranch,
    open_issues: 0,
    open_issues_count: 0,
    topics: topicsOf(repository).names,
    has_pages: false,
    archived: repository.archived,
    disabled: false,
    pushed_at: repository.createdAt,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    ...commonSettings(call, repository),
  }
}

function urls(call: Call, repository: Repository): object {
  const fullName = `${repository.owner.login}/${repository.name}`
  const url = `${call.base}/repos/${fullName}`
  const web = webOrigin(call)
  const host = new URL(web).hostname
  return {
    url,
    html_url: `${web}/${fullName}`,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
    clone_url: `${web}/${fullName}.git`,
    git_url: `git://${host}/${fullName}.git`,
    ssh_url: `git@${host}:${fullName}.git`,
    svn_url: `${web}/${fullName}`,
    mirror_url: null,
  }
}

/** Every token of the sandbox belongs to an administrator. GHES 2.22 knows three roles. */
function adminPermissions(call: Call): object {
  const permissions = { admin: true, push: true, pull: true }
  return hasSince(call.product, [3, 4]) ? { ...permissions, maintain: true, triage: true } : permissions
}

/** Whether the client asked for the visibility of repositories in the way of GHES 2.22. */
export function hasNebulaPreview(call: Call): boolean {
  return call.accept.includes('nebula-preview')
}
