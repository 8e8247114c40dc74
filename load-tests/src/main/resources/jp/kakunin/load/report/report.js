'use strict';
// Draws each figure from the JSON inside it. Colours are told apart by dashes too; outages are hatched and named.
(() => {
  const COLOURS = ['#0072b2', '#c24d00', '#00734f', '#8a3c74', '#5b5b00'];
  const DASHES = [[], [9, 4], [3, 3], [9, 3, 2, 3], [14, 4]];
  const INK = '#1a1f24';
  const GRID = '#dfe4e9';
  const FONT = '13px system-ui, sans-serif';
  const HEIGHT = 260;
  const NAME_HEIGHT = 16;
  const NAME_ROWS = 3;
  const NAMED_MAX = 12;
  const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600];
  const STROKES = ['solid', 'dashed', 'dotted', 'dashed', 'dashed'];
  const NINES = [1, 2, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7];

  const number = value => value == null ? '–'
    : value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
  const percentile = rarer => String(Number((100 - 100 / rarer).toFixed(5)));
  const two = part => String(Math.floor(part)).padStart(2, '0');
  const clock = at => at < 60 ? number(at) + ' s' : at < 3600 ? Math.floor(at / 60) + ':' + two(at % 60) + ' min'
    : Math.floor(at / 3600) + ':' + two(at / 60 % 60) + ' h';

  function hatch(u, chart) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const band of chart.bands) {
      const from = u.valToPos(band.from, 'x', true);
      const to = Math.max(u.valToPos(band.to, 'x', true), from + 3);
      ctx.fillStyle = '#f1e4d3';
      ctx.fillRect(from, bbox.top, to - from, bbox.height);
      ctx.save();
      ctx.beginPath();
      ctx.rect(from, bbox.top, to - from, bbox.height);
      ctx.clip();
      ctx.strokeStyle = '#d9bd97';
      ctx.lineWidth = 1.5;
      for (let x = from - bbox.height; x < to; x += 16) {
        ctx.beginPath();
        ctx.moveTo(x, bbox.top + bbox.height);
        ctx.lineTo(x + bbox.height, bbox.top);
        ctx.stroke();
      }
      ctx.restore();
    }
    ctx.restore();
  }

  // The names stand above the picture, where they hide no line.
  function names(u, chart) {
    const { ctx, bbox } = u;
    const ratio = window.devicePixelRatio;
    ctx.save();
    ctx.font = 12 * ratio + 'px system-ui, sans-serif';
    ctx.textBaseline = 'bottom';
    ctx.textAlign = 'left';
    ctx.fillStyle = ctx.strokeStyle = INK;
    ctx.lineWidth = ratio;
    const ends = new Array(NAME_ROWS).fill(0);
    for (const name of named(chart)) {
      const x = u.valToPos(name.at, 'x', true);
      const width = ctx.measureText(name.label).width + 10 * ratio;
      const left = Math.max(bbox.left, Math.min(x, bbox.left + bbox.width - width));
      const row = ends.findIndex(end => end <= left);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.setLineDash([2 * ratio, 2 * ratio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top - (row < 0 ? 0 : 2 + row * NAME_HEIGHT) * ratio);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      if (row < 0) continue;
      ends[row] = left + width;
      ctx.fillText(name.label, left + (left === x ? 3 * ratio : 0), bbox.top - (3 + row * NAME_HEIGHT) * ratio);
    }
    ctx.restore();
  }

  // Many outages are a pattern, which names would hide.
  const named = chart => (chart.bands.length > NAMED_MAX ? [] : chart.bands)
    .map(band => ({ at: band.from, label: band.label })).concat(chart.marks).sort((a, b) => a.at - b.at);

  function draw(figure) {
    const chart = JSON.parse(figure.querySelector('script').textContent);
    const place = figure.querySelector('.plot');
    const nines = chart.kind === 'NINES';
    const axis = { stroke: INK, font: FONT, grid: { stroke: GRID, width: 1 }, ticks: { stroke: GRID, width: 1 } };
    const x = nines
      ? { ...axis, label: 'percentile', splits: () => NINES, filter: (_, splits) => splits,
        values: (_, splits) => splits.map(percentile) }
      : { ...axis, label: 'since the run began', incrs: SECONDS, space: 80,
        values: (_, splits) => splits.map(clock) };
    const y = { ...axis, label: chart.unit, size: 72, values: (_, splits) => splits.map(v => v == null ? '' : number(v)) };
    const options = {
      width: place.clientWidth,
      height: HEIGHT,
      padding: [named(chart).length ? NAME_ROWS * NAME_HEIGHT : 12, 36, 0, 0],
      legend: { markers: { dash: (_, i) => STROKES[(i - 1) % STROKES.length] } },
      scales: {
        x: { time: false, distr: nines ? 3 : 1 },
        y: chart.logarithmic ? { distr: 3 } : { range: (_, min, max) => [0, max > 0 ? max * 1.08 : 1] },
      },
      axes: [x, y],
      series: [{ label: nines ? 'percentile' : 'at', value: (_, at) => at == null ? '–' : nines ? percentile(at) : clock(at) }]
        .concat(chart.lines.map((line, i) => ({
          label: line.label,
          stroke: COLOURS[i % COLOURS.length],
          dash: DASHES[i % DASHES.length],
          width: 2,
          spanGaps: nines,
          points: { show: chart.x.length === 1, size: 6 },
          value: (_, value) => number(value) + ' ' + chart.unit,
        }))),
      hooks: { drawClear: [u => hatch(u, chart)], draw: [u => names(u, chart)] },
    };
    const plot = new uPlot(options, [chart.x, ...chart.lines.map(line => line.values)], place);
    new ResizeObserver(() => {
      if (place.clientWidth !== plot.width) plot.setSize({ width: place.clientWidth, height: HEIGHT });
    }).observe(place);
  }

  document.querySelectorAll('figure').forEach(draw);
})();
