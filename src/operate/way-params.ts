import type { Session } from './session.ts'
import { findSubjects } from './subject.ts'

/** The path parameter of the thing that a flag names, such as the attempt of a run; none where no flag names one. */
export async function wayParams(
  session: Session,
  params: Readonly<Record<string, string | number>>,
): Promise<Readonly<Record<string, string | number>>> {
  const { about } = session.taken
  if (about === undefined) return {}
  const [found] = await findSubjects(session, params, [about.word], 'if needed', { subject: about.subject })
  return found?.params ?? {}
}
