// Gallery: charts.
import { BarChart } from '../BarChart.tsx';
import { type Bubble, BubbleChart } from '../BubbleChart.tsx';
import { LineChart } from '../LineChart.tsx';
import { toast } from '../Toast.tsx';
import { WaterfallChart } from '../WaterfallChart.tsx';
import { Part } from './Part.tsx';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov'];
const euros = (value: number) =>
  new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency: 'EUR',
    notation: 'compact',
    maximumSignificantDigits: 3,
  }).format(value);
const tones = ['good', 'watch', 'poor'] as const;
const toneNames = { good: 'On track', watch: 'Watch', poor: 'At risk' };
const points: Bubble[] = Array.from({ length: 18 }, (_, index) => {
  const tone = tones[(index * 5) % 3] ?? 'good';
  return {
    id: `p${index}`,
    name: `Place ${index + 1}`,
    x: 1 + ((index * 37) % 88) / 10,
    y: 1 + ((index * 53) % 87) / 10,
    size: 20 + ((index * 97) % 300),
    group: toneNames[tone],
    tone,
  };
});
const bars = [
  {
    name: 'Renewed',
    values: [120, 132, 101, 134, 190, 230, 210, 182, 191, 234, 290].map((value) => value * 1000),
    tone: 'good' as const,
  },
  {
    name: 'Lost',
    values: [12, 13, 31, 13, 9, 23, 21, 18, 19, 23, 29].map((value) => value * 1000),
    tone: 'poor' as const,
  },
];
const lines = [
  { name: 'Actual', values: [100, 101.2, 101.9, 103.1, 102.8, 104, 104.6, 105.1, 105, 105.9, 106.3] },
  { name: 'Target', values: months.map((_, index) => 100 + index * 0.8), tone: 'neutral' as const, isDashed: true },
];
const markers = [{ category: 'Aug', label: 'Price change' }];
const steps = [
  { label: 'January', kind: 'total' as const, value: 4_200_000 },
  { label: 'New', kind: 'change' as const, value: 610_000 },
  { label: 'More', kind: 'change' as const, value: 420_000 },
  { label: 'Less', kind: 'change' as const, value: -180_000 },
  { label: 'Lost', kind: 'change' as const, value: -260_000 },
  { label: 'November', kind: 'total' as const, value: 4_790_000 },
];
const quarters = { x: 5, y: 5, topLeft: 'Develop', topRight: 'Invest', bottomLeft: 'Maintain', bottomRight: 'Protect' };

export function ChartsSection() {
  return (
    <>
      <Part name="BubbleChart" wide>
        <BubbleChart
          title="Attractiveness and strength"
          subtitle="Size is the yearly amount"
          summary="18 places; five stand in the upper right quarter."
          points={points}
          xLabel="Our strength"
          yLabel="Attractiveness"
          sizeLabel="Amount"
          xRange={[0, 10]}
          yRange={[0, 10]}
          quadrants={quarters}
          onSelect={(id) => toast.show({ title: `Chosen: ${id}` })}
        />
      </Part>
      <Part name="BarChart, stacked">
        <BarChart
          title="Renewed and lost"
          summary="Renewals rose from 120 to 290 thousand euros a month."
          categories={months}
          categoryLabel="Month"
          series={bars}
          isStacked
          formatValue={euros}
        />
      </Part>
      <Part name="LineChart">
        <LineChart
          title="Kept against target"
          summary="106.3 percent in November, above the target of 108 percent from January on."
          categories={months}
          categoryLabel="Month"
          series={lines}
          markers={markers}
          startsAtZero={false}
        />
      </Part>
      <Part name="WaterfallChart">
        <WaterfallChart
          title="From January to November"
          summary="4.2 million grew to 4.79 million."
          steps={steps}
          stepLabel="Step"
          formatValue={euros}
        />
      </Part>
      <Part name="BarChart, lying">
        <BarChart
          title="By town"
          summary="Hamburg leads with 290 thousand euros."
          categories={months.slice(0, 6)}
          categoryLabel="Town"
          series={bars.slice(0, 1)}
          isHorizontal
          formatValue={euros}
        />
      </Part>
    </>
  );
}
