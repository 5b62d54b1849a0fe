/**
 * The items in order, and the list itself where it is in order already: most lists come so, and a sorted copy of each would be a
 * tenth of what a plan of 10,000 repositories allocates.
 * @param compare as for `sort`
 */
export function inOrder<T>(list: readonly T[], compare: (left: T, right: T) => number): readonly T[] {
  for (let index = 1; index < list.length; index += 1) {
    if (compare(list[index - 1] as T, list[index] as T) > 0) return list.toSorted(compare)
  }
  return list
}
