/** The suggestions of every source box on the page: the Region's groups and prefix lists. */

import { useAsked } from '../api/asked.ts'
import { findGroups, findPrefixLists } from './questions.ts'
import { peerListId } from './rule-rows.tsx'

export function PeerList() {
  const groups = useAsked('groups', findGroups).value.answer ?? []
  const lists = useAsked('prefix lists', findPrefixLists).value.answer ?? []
  return (
    <datalist id={peerListId}>
      {groups.map(({ GroupId, GroupName }) => (
        <option key={GroupId} value={GroupId}>
          {GroupName}
        </option>
      ))}
      {lists.map(({ PrefixListId, PrefixListName }) => (
        <option key={PrefixListId} value={PrefixListId}>
          {PrefixListName}
        </option>
      ))}
    </datalist>
  )
}
