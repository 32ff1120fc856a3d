// The curve of spending beside the straight line of time. The table below it says the same without a script.
"use strict";
(() => {
  const place = document.getElementById("curve");
  const data = document.getElementById("curve-data");
  if (!place || !data || !window.echarts) return;
  const { months, spent, time, names } = JSON.parse(data.textContent);
  const numbers = (list) => list.map((text) => (text === null ? null : Number(text)));
  const shown = (value) => (value === null || value === undefined ? "—" : `${value}${names.unit}`);
  place.hidden = false;
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption({
    animation: false,
    aria: { enabled: true },
    color: ["#0b5f8a", "#7a5200"],
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, textStyle: { color: "#26323f" } },
    // Drawn in the picture: words in HTML would need inline styles, which the page's policy forbids.
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: shown },
    xAxis: { type: "category", data: months, axisLabel: { color: "#26323f" } },
    yAxis: { type: "value", min: 0, axisLabel: { formatter: `{value}${names.unit}`, color: "#26323f" } },
    series: [
      { name: names.spent, type: "line", data: numbers(spent), symbolSize: 7, lineStyle: { width: 3 } },
      { name: names.time, type: "line", data: numbers(time), symbol: "none", lineStyle: { width: 2, type: "dashed" } },
    ],
  });
  window.addEventListener("resize", () => chart.resize());
})();
