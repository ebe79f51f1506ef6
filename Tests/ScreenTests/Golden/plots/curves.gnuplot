reset
set encoding utf8
set terminal svg size 900,562 font 'sans-serif,14' background rgb 'white' noenhanced
set output 'plot.svg'
$series0_0 << EOD
1.0 0.9
2.0 0.5
3.0 NaN
4.0 0.2
5.0 0.1
6.0 0.05
EOD
$series0_1 << EOD
1.0 1.0
2.0 0.7
3.0 0.5
4.0 0.4
5.0 0.35
6.0 0.3
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set lmargin 11
set bmargin 4.2
set title 'moons 2-8-1' noenhanced
set xlabel 'epoch' noenhanced
set ylabel 'loss' noenhanced
set xtics 1.0
set key outside top right vertical Left reverse samplen 2 spacing 1.15 noenhanced
plot $series0_0 using 1:2 with lines linewidth 2 linecolor rgb '#0072B2' title 'loss' noenhanced, \
  $series0_1 using 1:2 with lines linewidth 2 dashtype (8,5) linecolor rgb '#D55E00' title 'val_loss' noenhanced
