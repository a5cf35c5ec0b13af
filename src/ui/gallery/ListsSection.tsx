// Gallery: filters, views, trees, timelines, wizards.
import { Building2, Mail, Pencil, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { FilterBar } from '../FilterBar.tsx';
import type { Filter, FilterField } from '../filters.ts';
import {
  Button,
  Meter,
  type SavedView,
  SavedViewTabs,
  Sparkline,
  SplitView,
  StatusPill,
  Stepper,
  Timeline,
} from '../index.ts';
import { TreeList, type TreeNode } from '../TreeList.tsx';
import { Part, Row } from './Part.tsx';

const fields: FilterField[] = [
  { id: 'name', label: 'Name', type: 'text', isAlwaysSet: true },
  {
    id: 'status',
    label: 'Status',
    type: 'select',
    options: [
      { value: 'good', label: 'On track' },
      { value: 'watch', label: 'Watch' },
      { value: 'poor', label: 'At risk' },
    ],
  },
  { id: 'amount', label: 'Amount', type: 'money', unit: 'EUR' },
  { id: 'due', label: 'Due', type: 'date' },
  { id: 'isOpen', label: 'Open', type: 'boolean' },
];

const startNodes: TreeNode[] = [
  {
    id: 'root',
    label: 'Northwind Holding',
    icon: <Building2 />,
    detail: '€4.2m',
    children: [
      {
        id: 'de',
        label: 'Northwind Germany',
        icon: <Building2 />,
        detail: '€2.9m',
        children: [{ id: 'hh', label: 'Hamburg plant', detail: '€1.1m' }],
      },
      { id: 'fr', label: 'Northwind France', icon: <Building2 />, detail: '€1.3m' },
    ],
  },
  { id: 'other', label: 'Contoso', icon: <Building2 />, detail: '€0.4m' },
];

function moved(nodes: readonly TreeNode[], id: string, parent: string | null, index: number): TreeNode[] {
  let taken: TreeNode | undefined;
  const without = (list: readonly TreeNode[]): TreeNode[] =>
    list.flatMap((node) => {
      if (node.id === id) {
        taken = node;
        return [];
      }
      return [{ ...node, children: node.children && without(node.children) }];
    });
  const rest = without(nodes);
  if (!taken) return rest;
  const node = taken;
  const put = (list: readonly TreeNode[]): TreeNode[] =>
    list.map((one) =>
      one.id === parent
        ? { ...one, children: [...(one.children ?? [])].toSpliced(index, 0, node) }
        : { ...one, children: one.children && put(one.children) },
    );
  return parent === null ? rest.toSpliced(index, 0, node) : put(rest);
}

const views: SavedView[] = [
  { id: 'all', name: 'All', isBuiltIn: true, count: 128 },
  { id: 'mine', name: 'My watch list', count: 7 },
  { id: 'team', name: 'Due this quarter', isShared: true },
];

export function ListsSection() {
  const [filters, setFilters] = useState<Filter[]>([
    { field: 'status', operator: 'isAnyOf', values: ['poor', 'watch'] },
    { field: 'due', operator: 'inNextDays', values: ['90'] },
  ]);
  const [view, setView] = useState('mine');
  const [nodes, setNodes] = useState(startNodes);
  const [node, setNode] = useState('de');
  const [isDetail, setDetail] = useState(false);
  return (
    <>
      <Part name="SavedViewTabs, FilterBar" wide>
        <SavedViewTabs
          views={views}
          selected={view}
          onSelect={setView}
          isChanged={view === 'mine'}
          onSave={() => {}}
          onSaveAs={() => {}}
          onReset={() => {}}
          onRename={() => {}}
          onDelete={() => {}}
        />
        <FilterBar fields={fields} value={filters} onChange={setFilters} resultText="42 rows" />
      </Part>
      <Part name="Timeline">
        <Timeline
          label="History"
          items={[
            {
              id: '1',
              at: '2026-11-21T14:10:00Z',
              icon: <Pencil />,
              tone: 'accent',
              title: 'Owner changed',
              by: 'Grace Hopper',
              changes: [{ label: 'Owner', from: 'Alan Turing', to: 'Ada Lovelace' }],
            },
            {
              id: '2',
              at: '2026-11-21T09:02:00Z',
              tone: 'poor',
              title: 'Score fell below 50',
              text: 'No answer from the sponsor for 74 days.',
              changes: [{ label: 'Score', from: '61', to: '47' }],
            },
            {
              id: '3',
              at: '2026-11-18T16:40:00Z',
              icon: <Mail />,
              title: 'Mail from Barbara Liskov',
              text: 'Re: Terms for the next year',
              href: '#mail',
            },
            {
              id: '4',
              at: '2026-11-18',
              icon: <UserPlus />,
              tone: 'good',
              title: 'New person added',
              by: 'Ada Lovelace',
            },
          ]}
          hasMore
          onLoadMore={() => {}}
        />
      </Part>
      <Part name="TreeList">
        <TreeList
          label="Structure"
          nodes={nodes}
          defaultExpanded={['root', 'de']}
          selected={node}
          onSelect={setNode}
          onMove={(id, parent, index) => setNodes(moved(nodes, id, parent, index))}
        />
      </Part>
      <Part name="Stepper">
        <Stepper
          label="Import"
          current="map"
          completed={['file']}
          onSelect={() => {}}
          steps={[
            { id: 'file', label: 'File' },
            { id: 'map', label: 'Columns' },
            { id: 'check', label: 'Check' },
          ]}
        />
        <Stepper
          label="Set up"
          orientation="vertical"
          current="team"
          completed={['company']}
          steps={[
            { id: 'company', label: 'Workspace', description: 'Name and currency' },
            { id: 'team', label: 'Team', description: 'Who works here' },
            { id: 'data', label: 'Data', description: 'From a file or a system' },
          ]}
        />
      </Part>
      <Part name="Meter, Sparkline">
        <Meter label="Complete" value={64} tone="accent" />
        <Meter label="Threads" value={3} max={5} valueText="3 of 5" tone="watch" />
        <Row>
          <Sparkline
            values={[71, 72, 70, null, 68, 64, 66, 61]}
            label="Score over eight weeks, from 71 to 61"
            tone="poor"
          />
          <Sparkline values={[3, 4, 4, 5, 7, 8, 8, 9]} label="Calls a week, from 3 to 9" tone="good" />
          <Sparkline values={[5, 5, 5, 5]} label="Steady at 5" tone="neutral" />
          <StatusPill tone="poor" label="At risk" detail="−10" />
        </Row>
      </Part>
      <Part name="SplitView" wide>
        <SplitView
          className="h-56 overflow-hidden rounded-ui border border-line"
          listLabel="Inbox"
          detailLabel="Message"
          isDetailOpen={isDetail}
          onBack={() => setDetail(false)}
          listWidth="sm"
          list={
            <div className="p-3">
              <Button variant="quiet" onPress={() => setDetail(true)}>
                First message
              </Button>
            </div>
          }
          detail={<p className="p-4 text-muted">The chosen message stands here.</p>}
        />
      </Part>
    </>
  );
}
