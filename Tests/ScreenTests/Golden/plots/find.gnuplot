reset
set encoding utf8
set terminal svg size 900,562 font 'sans-serif,14' background rgb 'white' noenhanced
set output 'plot.svg'
$series0_0 << EOD
1e-06 1.0
0.001 0.5
1.0 3.0
EOD
$series0_1 << EOD
0.0001 0.7
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set lmargin 11
set bmargin 4.2
set title 'range test' noenhanced
set xlabel 'learning rate' noenhanced
set ylabel 'loss' noenhanced
set logscale x
set format x '%.0e'
set key outside top right vertical Left reverse samplen 2 spacing 1.15 noenhanced
plot $series0_0 using 1:2 with lines linewidth 2 linecolor rgb '#0072B2' title 'loss' noenhanced, \
  $series0_1 using 1:2 with points pointtype 5 pointsize 0.9 linecolor rgb '#D55E00' title 'suggested: 1e-4' noenhanced
