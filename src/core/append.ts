/**
 * Adds items at the end of a list, however many they are. Spread into `push`, each would be an argument of the call, and more
 * than some 120,000 arguments overflow the stack.
 */
export function append<T>(list: T[], ...more: readonly Iterable<T>[]): void {
  for (const items of more) {
    if (Array.isArray(items)) for (let index = 0; index < items.length; index += 1) list.push(items[index])
    else for (const item of items) list.push(item)
  }
}
