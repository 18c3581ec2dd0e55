/** How the CLI spells the names of the model: `GroupIds` is `--group-ids`, `DescribeVpcs` is `describe-vpcs`. */

/** A closing plural of an acronym stays together: `ARNs` is `arns`. */
const acronymPlural = /[A-Z]{2,}s$/

export function optionName(name: string): string {
  const plural = acronymPlural.exec(name)?.[0]
  const separated = plural ? `${name.slice(0, -plural.length)}-${plural.toLowerCase()}` : name
  return separated
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}
