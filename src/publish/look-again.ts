import { isLostPost } from '../github/lost-post.ts'

/**
 * Publishes, and once more where a POST may have been carried out: publishing begins with a look at what is there, and so
 * takes up what the first time made.
 */
export async function lookingAgain<T>(publish: () => Promise<T>): Promise<T> {
  try {
    return await publish()
  } catch (error) {
    if (!isLostPost(error)) throw error
    return publish()
  }
}
