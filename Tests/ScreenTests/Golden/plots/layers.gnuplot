reset
set encoding utf8
set terminal svg size 900,562 font 'sans-serif,14' background rgb 'white' noenhanced
set output 'plot.svg'
$series0_0 << EOD
1.0 1e-06
2.0 0.001
3.0 0.1
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set lmargin 11
set bmargin 4.2
set title 'gradient by layer' noenhanced
set ylabel 'gradient' noenhanced
set xtics ('dense' 1.0, 'dense_1' 2.0, 'it'."'".'s "mine"' 3.0) noenhanced
set logscale y
set format y '%.0e'
unset key
set rmargin 4
plot $series0_0 using 1:2 with linespoints linewidth 2 pointtype 7 pointsize 0.81 linecolor rgb '#0072B2' notitle
