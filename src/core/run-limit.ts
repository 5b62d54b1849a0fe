import type { DesiredMember } from './desired.ts'
import type { RepositoryVisibility } from './repository.ts'
import type { Support } from './support.ts'

/** The most text that one workflow run takes, and the members that it takes it of. */
export interface RunLimit {
  /** In bytes, the texts of environments aside. */
  most(product: Support): number
  /** The repositories that a member of an organization names. */
  named(member: DesiredMember): readonly string[]
  /** Whether a member of an organization surely reaches the repository. `visible`: how far that can be seen, where it is known. */
  reaches(member: DesiredMember, repository: string, visible: RepositoryVisibility | undefined): boolean
}
