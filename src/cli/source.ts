/** A world named on the command line: `live` or an endpoint's URL, else a file; `-` is standard input. */

import type { Imported } from '../import/imported.ts'
import { type EndpointOptions, importedFrom, loadImported } from './world-options.ts'

/** Throws CommandFailure. */
export async function sourceNamed(name: string, options: EndpointOptions): Promise<Imported> {
  const { endpointUrl, region } = options
  if (name === 'live') return loadImported({ endpointUrl, region })
  return /^https?:\/\//.test(name) ? loadImported({ endpointUrl: name, region }) : importedFrom(name, options)
}

export const sourceHelp =
  'live, the URL of an endpoint, a saved state, a folder of describe output, a Terraform plan or state, a ' +
  'CloudFormation template or a cdk.out, or a file of world lines; - is standard input'
