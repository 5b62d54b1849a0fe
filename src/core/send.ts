import type { Waiting } from './finding.ts'
import type { Route } from './routes.ts'

export type Params = Readonly<Record<string, string | number>>

/**
 * One request that makes (a part of) a change, as data: the engine counts, orders, paces and sends it. `fields` names
 * that part, so that narrowing requests go first and a half-done change is reported exactly.
 */
export interface Send<Ref = object> {
  readonly route: Route
  readonly fields: readonly string[]
  /** `ref` is the live side's, or the result of `learn` of an earlier request of the same change. */
  params(ref: Ref | undefined): Params
  /** `reread` are the answers to `rereads`, in their order; lists are whole. Without them, the plan's readings count. */
  body?(ref: Ref | undefined, reread?: readonly unknown[]): object
  /**
   * Reads of the fields in the body that the YAML does not give, sent just before: a plan may wait for minutes until it
   * is confirmed, and access that was taken away meanwhile must not come back.
   */
  readonly rereads?: readonly { readonly route: Route; params(ref: Ref | undefined): Params }[]
  /** The engine fetches this key once per scope, seals the value, and adds `encrypted_value` and `key_id` to the body. */
  readonly seals?: { readonly publicKey: Route }
  /** GitHub takes it only after the request before it. */
  readonly needsPrevious?: true
  /**
   * Set where a request is an intermediate step, so that its fields do not show whether it narrows or widens, and where it
   * replaces: it brings into force what holds below in place of narrower settings there, which must have narrowed before.
   */
  readonly phase?: 'narrow' | 'replace' | 'widen'
  /** Sent last: members must be taken up elsewhere before this request releases them. */
  readonly last?: true
  /** Gives access only after others have lost theirs: goes after everything else, `last` included. */
  readonly opens?: true
  /**
   * Of an intermediate step: the field that it closes for the time of the change, though the YAML leaves it open, and what to
   * say of it where the run ends before the change does, as a sentence with its remedy.
   */
  readonly meanwhile?: { readonly field: string; readonly message: string }
  /**
   * The member of its scope that it puts something into, such as a runner into a group: it goes once that member's own access is
   * written, and after the changes by which those below choose who may use it, of what that member's change brings them. `from`: the member that it leaves, of the same
   * family, where that is known.
   */
  readonly fills?: { readonly family: string; readonly key: string; readonly from?: string | undefined }
  /** Closes access that a change of the level above is about to open: that waits where this could not be sent. */
  readonly closesFirst?: true
  /** GitHub answers 303 where what it creates is there already: it is done then. */
  readonly mayBeThere?: true
  /** Of a delete that GitHub accepts and does later (202): the read that answers 404 once it is done. */
  readonly goneAt?: { readonly route: Route; params(ref: Ref | undefined): Params }
  /** A refusal with this status shows that GitHub's present state does not allow the change: it is held back. */
  readonly heldBackAt?: { readonly status: number } & Waiting
  /** The status, beside 409, by which GitHub answers where the level above holds it by policy, too. */
  readonly heldAbove?: 400 | 403 | 422
  /** GitHub may refuse it with 409 or 422, and then later requests have the same effect: the change goes on. */
  readonly mayBeRefused?: true
  /**
   * Of a create: sent in its place where GitHub answers that another writer was faster, with 409 or 422. It writes the
   * same fields; where GitHub knows nothing of that name, the first answer counts.
   */
  readonly ifThere?: Pick<Send<Ref>, 'route' | 'params' | 'body'>
  /** Reads the data that later requests need from the answer, such as the id of a created member. */
  learn?(answer: unknown): Ref
  /** The part of it that GitHub's answer shows not to be done, as a whole sentence: then the change fails there. */
  shortfall?(answer: unknown): string | undefined
}
