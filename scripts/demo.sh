#!/usr/bin/env bash
# The main job on real input: load the transcribed papers and the synthetic bureau-year into a database of its own
# under build/, and write for each department-year its complete package.
set -euo pipefail
cd "$(dirname "$0")/.."

yiheng=.venv/bin/yiheng
out=build/packages
export YIHENG_HOME="$PWD/build/demo-home"
unset DATABASE_URL
rm -rf "$YIHENG_HOME"

packages=()
for folder in examples/*/; do
  test -f "$folder/department_years.csv" && packages+=("$folder")
done

"$yiheng" load "${packages[@]}" --yes
echo
"$yiheng" publish --all --out "$out"
echo
"$yiheng" reproduce --all
echo
echo "打开 $out/szybzx-2020-accounts/site/index.html，点任何数字看它从哪里来；或运行："
echo "  YIHENG_HOME=build/demo-home $yiheng explain szybzx 2020 '公开03表[合计, 项目支出]'"
echo "绩效自评报告和自评表（附件1、附件2）：$out/szybzx-2020-accounts/performance/site/index.html"
echo "审校任何公开文件（自己的或别人的）："
echo "  $yiheng audit $out/szybzx-2020-accounts/disclosure.pdf"
echo "在网页上看（首次启动时按终端上的设置码建立账号）："
echo "  make serve"
