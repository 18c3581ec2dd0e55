/** A managed prefix list as responses show it; one that AWS owns has neither size nor version (spec 6.1). */

import type { AwsPrefixList } from '../../model/aws-prefix-lists.ts'
import type { PrefixList } from '../../model/prefix-list.ts'
import type { World } from '../../model/world.ts'
import type { ManagedPrefixList } from '../protocol/types.generated.ts'
import { arnOf, viewTagsOf } from './tags.ts'

/** What an operation answers while it is under way; what is stored has ended. */
type PassingPrefixListState = 'create-in-progress' | 'modify-in-progress' | 'restore-in-progress' | 'delete-in-progress'

/** `passing` stands for the state and for what an earlier failure said. */
export function viewPrefixList(world: World, list: PrefixList, passing?: PassingPrefixListState): ManagedPrefixList {
  return {
    PrefixListId: list.id,
    AddressFamily: `IPv${list.family}`,
    State: passing ?? list.state,
    StateMessage: passing ? undefined : list.stateMessage,
    PrefixListArn: arnOf(world.scope, 'prefix-list', list.id),
    PrefixListName: list.name,
    MaxEntries: list.maxEntries,
    Version: list.version,
    Tags: viewTagsOf(world, list.id),
    OwnerId: world.scope.account,
  }
}

export function viewAwsPrefixList(world: World, list: AwsPrefixList): ManagedPrefixList {
  return {
    PrefixListId: list.id,
    AddressFamily: `IPv${list.family}`,
    State: 'create-complete',
    PrefixListArn: arnOf({ region: world.scope.region, account: 'aws' }, 'prefix-list', list.id),
    PrefixListName: list.name,
    Tags: viewTagsOf(world, list.id),
    OwnerId: 'AWS',
  }
}
