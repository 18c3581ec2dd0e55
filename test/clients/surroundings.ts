/**
 * The environment of a client that is to reach nothing but the endpoint: no profile, no instance
 * metadata, no pager. Whoever runs the tests may be logged in to a real account.
 */

export interface Keys {
  readonly id: string
  readonly secret: string
}

const anyKeys: Keys = { id: 'test', secret: 'test' }

export const region = 'us-east-1'

/** The account of keys whose id is not an account number. */
export const account = '123456789012'

export function surroundings(url: string, { id, secret }: Keys = anyKeys): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(aws|https?_proxy|all_proxy)/i.test(name))
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    LC_ALL: 'C.UTF-8',
  }
}
