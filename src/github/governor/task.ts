import type { NoReply, Reply } from '../outgoing.ts'

/**
 * Sends a request.
 * @param mayGo to be asked right before the network, after all that takes time: a limit may have been met meanwhile
 */
export type Task = (mayGo: () => boolean) => Promise<Reply | NoReply | NotSent>

/** The task was not allowed to go any more. */
export type NotSent = 'not sent'
