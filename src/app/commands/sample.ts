// openkam sample add, remove: a believable portfolio to look around in, and away with it again.
import { addSample, removeSample } from '../../modules/sample/server/index.ts';
import { actAs, actorOf, type Io, withBuilding, workspaceOf } from './installation.ts';

export async function sample(io: Io, what: 'add' | 'remove', o: { in?: string }): Promise<void> {
  await withBuilding(io, async (building) => {
    const workspace = await workspaceOf(building, o.in);
    const actor = await actorOf(building, workspace.id);
    const now = await actAs(building, actor, (ctx) => (what === 'add' ? addSample(ctx) : removeSample(ctx)));
    io.out(
      what === 'add'
        ? `The sample is in "${workspace.name}": ${now.accounts} accounts, ${now.people} people. Remove it with openkam sample remove.`
        : `The sample is gone from "${workspace.name}".`,
    );
  });
}
