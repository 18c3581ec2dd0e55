/** Two texts of the same answer made comparable: ids numbered, members as a client's model has them. */

/** Puts `sg-00000000000000001` for the first group named, and so on; `ids` remembers over several texts. */
export function renumbered(text: string, ids: Map<string, string>): string {
  return text.replace(/\b([a-z]+)-[0-9a-f]{17}\b/g, (id, prefix: string) => {
    const earlier = [...ids.values()].filter((each) => each.startsWith(`${prefix}-`)).length
    const number = ids.get(id) ?? `${prefix}-${String(earlier + 1).padStart(17, '0')}`
    ids.set(id, number)
    return number
  })
}

/** The members of `answer` that `skeleton` has too, in the order in which it has them. */
export function projected(answer: unknown, skeleton: unknown): unknown {
  if (Array.isArray(answer)) return answer.map((each) => projected(each, Array.isArray(skeleton) ? skeleton[0] : each))
  if (!isObject(answer) || !isObject(skeleton)) return answer
  const members = Object.keys(skeleton).filter((name) => Object.hasOwn(answer, name))
  return Object.fromEntries(members.map((name) => [name, projected(answer[name], skeleton[name])]))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
