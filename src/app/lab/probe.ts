/**
 * What this system lets a lab or a stage do, asked before anything is promised: each step is tried for real, in namespaces
 * that end with the question. A refusal says which step failed and what would help.
 */

import { filterFrame } from '../../enforce/namespaces/router-filter.ts'
import { SystemFailure } from '../system-failure.ts'
import { isInstalled, runTool, shell } from '../system-tool.ts'
import { type Privilege, unshareCommand } from './holder.ts'

/** What namespaces are wanted for. */
export interface Purpose {
  /** Begins the refusal: `--data-plane namespaces`. */
  readonly name: string
  /** Programs that it takes beyond those of all namespaces, with Debian's packages of them. */
  readonly tools: Readonly<Record<string, string>>
}

/** Debian's packages. */
const alwaysNeeded: Readonly<Record<string, string>> = {
  unshare: 'util-linux',
  nsenter: 'util-linux',
  mount: 'mount',
  bash: 'bash',
  ip: 'iproute2',
  nft: 'nftables',
}

interface Step {
  readonly name: string
  readonly commands: string
  readonly help: string
}

const kernelModule = (names: string) =>
  `The kernel has to have ${names}, built in or loaded: an administrator can load it with modprobe.`

const steps: readonly Step[] = [
  {
    name: 'a private file system on /run',
    commands: 'mount -t tmpfs none /run; mkdir /run/netns',
    help: 'Whoever runs it in a container has to allow mounts there (CAP_SYS_ADMIN).',
  },
  {
    name: 'network namespaces',
    commands: 'ip netns add a; ip netns add b',
    help: 'The kernel has to be built with network namespaces, and /proc/sys/user/max_net_namespaces must not be 0.',
  },
  {
    name: 'virtual Ethernet devices',
    commands: 'ip link add x netns a type veth peer name y netns b',
    help: kernelModule('veth'),
  },
  { name: 'bridges', commands: 'ip -n a link add z type bridge', help: kernelModule('bridge') },
  {
    name: 'nftables',
    commands: `ip netns exec a nft -f - <<'.'\n${filterFrame}.`,
    help: kernelModule('nf_tables, nft_ct and nf_conntrack'),
  },
]

/** How namespaces can be had here. Rejects with SystemFailure, whose message says what is missing and what to do. */
export async function probe(purpose: Purpose): Promise<Privilege> {
  const refusal = (what: string, help: string) =>
    new SystemFailure(`${purpose.name} cannot be had here: ${what}. ${help}`)
  const tools = { ...alwaysNeeded, ...purpose.tools }
  if (process.platform !== 'linux') throw refusal('this is not Linux', 'Run it on Linux, or in a virtual machine.')
  const missing = Object.keys(tools).filter((name) => !isInstalled(name))
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((name) => tools[name]))].join(' ')
    throw refusal(`${missing.join(', ')} missing`, `Install with: apt-get install -y ${packages}`)
  }
  const isRoot = process.getuid?.() === 0
  if (isRoot && (await canUnshare('root'))) return tried('root', refusal)
  if (await canUnshare('user-namespace')) return tried('user-namespace', refusal)
  throw refusal('this system refuses user namespaces', userNamespaceHelp)
}

const userNamespaceHelp =
  'Run it as root, or let an administrator allow them: sysctl user.max_user_namespaces must not be 0, on ' +
  'Ubuntu `sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`, on older Debian `sysctl -w ' +
  'kernel.unprivileged_userns_clone=1`; in a container its seccomp profile must let unshare through and /proc must ' +
  'not be masked (docker run --privileged, or --security-opt seccomp=unconfined --security-opt systempaths=unconfined).'

async function canUnshare(privilege: Privilege): Promise<boolean> {
  return runTool([...unshareCommand(privilege), 'true']).then(
    () => true,
    () => false,
  )
}

type Refusal = (what: string, help: string) => SystemFailure

async function tried(privilege: Privilege, refusal: Refusal): Promise<Privilege> {
  const script = steps.map(({ commands }, index) => `echo ${index} >&2\n${commands}`).join('\n')
  try {
    await runTool([...unshareCommand(privilege), ...shell, '-s'], script)
    return privilege
  } catch (thrown) {
    if (!(thrown instanceof SystemFailure)) throw thrown
    const said = thrown.message.split('\n')
    const [last = '0'] = said
      .map((line) => /(?:^|: )(\d)$/.exec(line)?.[1])
      .filter((digit) => digit !== undefined)
      .slice(-1)
    const step = steps[Number(last)]
    throw refusal(`${step?.name} failed: ${said.at(-1)}`, step?.help ?? '')
  }
}
