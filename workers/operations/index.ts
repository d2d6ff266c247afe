import type { Section } from '../operation.ts'
import { alerts } from './alerts.ts'
import { deliveries } from './deliveries.ts'
import { deployment } from './deployment.ts'
import { embeds } from './embeds.ts'
import { facts } from './facts.ts'
import { hooks } from './hooks.ts'
import { invitations } from './invitations.ts'
import { keys } from './keys.ts'
import { kpis } from './kpis.ts'
import { moving } from './moving.ts'
import { outlook } from './outlook.ts'
import { pages } from './pages.ts'
import { people } from './people.ts'
import { reports } from './reports.ts'
import { sources } from './sources.ts'
import { surveys } from './surveys.ts'
import { targets } from './targets.ts'
import { workspaces } from './workspaces.ts'

/** Everything that can be called, in the order in which it is read. */
export const sections: readonly Section[] = [
  workspaces,
  keys,
  surveys,
  invitations,
  pages,
  facts,
  sources,
  hooks,
  deliveries,
  people,
  kpis,
  targets,
  outlook,
  alerts,
  reports,
  embeds,
  moving,
  deployment,
]
