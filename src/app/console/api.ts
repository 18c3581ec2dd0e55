/** What the console's pages and the server say to each other, as types alone: the browser's program reads them too. */

import type { Direction } from '../../model/rule.ts'
import type { Family } from '../../net/address.ts'
import type { RuleRef } from '../../policy/policy.ts'
import type { Change } from '../../reach/compare.ts'
import type { LabelKind } from '../../reach/reachability/labels.ts'
import type { Standing } from '../../reach/tracking-changes.ts'
import type { InterfaceStanding, RuleUse } from '../enforcement/shown.ts'
import type { LiveFlow } from '../live-flow.ts'

export interface SessionInfo {
  /** Of the caller; the server's default one where nobody signs in. */
  readonly account: string
  readonly needsSignIn: boolean
  readonly isSignedIn: boolean
  readonly regions: readonly string[]
  readonly version: string
}

export interface ErrorAnswer {
  readonly error: { readonly code: string; readonly message: string }
}

/** What was typed makes no sense, or none yet: an answer as others, which a page shows beside the text. */
export interface Problem {
  readonly problem: string
}

/** An EC2 action by its name, its input under the SDK's member names. */
export interface Call {
  readonly action: string
  readonly input: object
}

/** What the stream of events may tell besides that the world changed. */
export type Topic = keyof Events

export interface Events {
  readonly connections: ConnectionList
  readonly records: readonly LiveRecord[]
  readonly enforcement: EnforcementView
}

/** Which interfaces' rules are enforced on real traffic, and what each rule let through. */
export interface EnforcementView {
  readonly interfaces: readonly InterfaceStanding[]
  readonly rules: readonly RuleUse[]
}

export type EventOf<T extends Topic> = Events[T]

export interface ConnectionList {
  readonly at: string
  readonly connections: readonly LiveFlow[]
  /** More than the list holds. */
  readonly hidden: number
}

/** A flow log record as it grows: packets of one flow, direction and action at one interface in one minute. */
export interface LiveRecord {
  readonly key: string
  /** In the default format, as a flow log would deliver it if the minute ended here. */
  readonly line: string
  readonly networkInterface: string
  readonly direction: 'ingress' | 'egress'
  readonly action: 'ACCEPT' | 'REJECT'
  readonly flow: string
  readonly packets: number
  readonly bytes: number
  readonly start: string
  readonly end: string
  /** Flow logs of the world that record it. */
  readonly flowLogs: readonly string[]
  /** Of the newest packet. */
  readonly decidedBy: Decider
}

export interface Decider {
  readonly kind: string
  readonly sentence: string
  readonly rules: readonly RuleRef[]
  /** Whether a connection's state let it pass, and not a rule of this moment. */
  readonly isByConnection: boolean
  readonly acl: string | null
}

/** What calls that nobody has made yet would open and close, and do to the traffic that is alive. */
export interface Preview {
  /** The first call that would be refused. */
  readonly refusal: { readonly call: number; readonly code: string; readonly message: string } | null
  readonly flows: readonly FlowPreview[]
  /** Live flows of the Region that were looked at. */
  readonly considered: number
  readonly changes: WorldChanges
}

/** What opens, closes and is tracked otherwise from one world to another; what is not listed is as before. */
export interface WorldChanges {
  /** How interfaces are told together. */
  readonly by: LabelKind
  readonly pairs: readonly PairChange[]
  readonly tracking: readonly TrackingView[]
  /** Rows that are not listed. */
  readonly hidden: number
  /** What nobody can tell before or after, and may fare otherwise: so many more differences there may be. */
  readonly undetermined: number
  /** Addresses of interfaces that were held against each other and the internet. */
  readonly ends: number
}

export interface PairChange {
  readonly change: Change
  readonly from: string
  readonly to: string
  /** `tcp 22, 443` */
  readonly on: string
  /** One of the packets that fare otherwise, and the rules that let it by. */
  readonly packet: string
  readonly rules: readonly (RuleView & { readonly isNew: boolean })[]
  readonly question: TraceQuestion
}

/** New flows of some interfaces that turn tracked or untracked. */
export interface TrackingView {
  readonly names: string
  readonly interfaces: number
  readonly direction: Direction
  readonly was: Standing
  readonly is: Standing
  readonly on: string
  /** `anywhere`, or addresses of the other end. */
  readonly peers: string
  readonly families: readonly Family[]
  readonly packet: string
}

export interface FlowPreview {
  readonly flow: LiveFlow
  readonly effect: 'goes on' | 'cut' | 'reopens'
  readonly sentence: string
  readonly before: Standing
  readonly after: Standing
}

/** A trace: a sandbox on a copy of the world, in which the packets of one connection are sent one by one. */
export interface TraceView {
  readonly id: string
  readonly question: TraceQuestion
  readonly result: string
  readonly findings: readonly FindingView[]
  readonly fixes: readonly { readonly why: string; readonly command: string | null }[]
  /** The packets in their order, and which comes next; null when all have passed. */
  readonly script: readonly ScriptPacket[]
  readonly next: number | null
  readonly elapsedSeconds: number
  readonly happened: readonly TraceEvent[]
  readonly connections: readonly LiveFlow[]
  readonly rules: readonly RuleView[]
}

export interface TraceQuestion {
  readonly from: string
  readonly to: string
  readonly protocol: string
  readonly port: number | null
}

export interface ScriptPacket {
  readonly label: string
  readonly side: 'asks' | 'answers'
}

export interface RuleView extends RuleRef {
  readonly direction: 'ingress' | 'egress'
  readonly text: string
}

export type TraceEvent =
  | { readonly kind: 'packet'; readonly label: string; readonly report: PassageView }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'call'; readonly call: Call; readonly refusal: string | null }

/** A packet on its way, station by station. */
export interface PassageView {
  readonly packet: string
  readonly side: 'asks' | 'answers'
  readonly isDelivered: boolean
  readonly stations: readonly Station[]
}

export interface Station {
  readonly kind: string
  readonly name: string
  readonly outcome: 'passes' | 'stops' | 'unknown' | 'not reached'
  readonly sentence: string
  readonly reasons: readonly Reason[]
}

/** One branch of the tree that tells why. */
export interface Reason {
  readonly holds: boolean
  readonly text: string
  readonly reasons: readonly Reason[]
}

export interface FindingView {
  readonly result: string
  readonly title: string
  readonly packet: string
  readonly hops: readonly { readonly leg: 'forward' | 'return'; readonly outcome: string; readonly sentence: string }[]
  readonly standsOn: readonly string[]
}

/** Who can open a connection to whom, as boxes and arrows. */
export interface MapView {
  /** How interfaces are shown together; some of them by themselves. */
  readonly by: LabelKind
  /** Of the Region. */
  readonly interfaces: number
  readonly vpcs: readonly { readonly id: string; readonly name: string; readonly cidrs: readonly string[] }[]
  readonly boxes: readonly MapBox[]
  readonly nodes: readonly MapNode[]
  readonly arrows: readonly MapArrow[]
}

/** A subnet, or what was opened, around its nodes. */
export interface MapBox {
  readonly key: string
  readonly name: string
  readonly detail: string
  readonly vpc: string
  /** It can be closed again. */
  readonly isOpened: boolean
}

export interface MapNode {
  readonly key: string
  /** `part`: those of an opened node that are still too many, by subnet or by groups. */
  readonly kind: LabelKind | 'part'
  readonly name: string
  readonly id: string
  /** Addresses, or how many interfaces it stands for. */
  readonly detail: string
  readonly interfaces: number
  readonly vpc: string
  readonly box: string | null
  /** Those that all of them carry. */
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  readonly isFound: boolean
}

export interface MapArrow {
  /** Keys of nodes, or `internet`. */
  readonly from: string
  readonly to: string
  readonly on: string
  /** False: all of it depends on a hop that this program does not run. */
  readonly isKnown: boolean
  readonly families: readonly Family[]
}

/** Some pairs of its ends, with a packet. */
export interface MapRow {
  readonly on: string
  readonly families: readonly Family[]
  /** Of the outer end, where it is not all. */
  readonly addresses: string
  readonly packet: string
  readonly question: TraceQuestion
}

/** On what an arrow is open, and the rules that it stands on, at the end that opens and at the end that is opened to. */
export interface ArrowView {
  readonly rows: readonly MapRow[]
  readonly egress: readonly RuleView[]
  readonly ingress: readonly RuleView[]
}
