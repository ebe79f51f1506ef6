reset
set encoding utf8
set terminal svg size 900,562 font 'sans-serif,14' background rgb 'white' noenhanced
set output 'plot.svg'
$field0 << EOD
0.0 1.0 2.0
0.0 1.0 1.0
EOD
$levels0 << EOD
0.33333334 0.25
0.33333334 0.75

0.33333334 0.25
0.33333334 0.75

0.6666667 0.25
0.8333333 0.5

0.6666667 0.25
0.8333333 0.5

EOD
$series0_0 << EOD
0.2 0.8
0.4 0.3
EOD
$series0_1 << EOD
0.7 0.4
0.9 0.6
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set lmargin 11
set bmargin 6.2
set xlabel 'x1' noenhanced
set ylabel 'x2' noenhanced
set xrange [0.0:1.0]
set yrange [0.0:1.0]
set palette defined (0 '#9EC9E2', 1 '#EFC29E', 2 '#9EDACA') maxcolors 3
set cbrange [-0.5:2.5]
unset colorbox
set key outside bottom center horizontal Left reverse samplen 1 width 2 noenhanced
plot $field0 matrix using (0.0+($1+0.5)*0.3333333333333333):(0.0+($2+0.5)*0.5):3 with image notitle, \
  $levels0 with lines linewidth 1.2 linecolor rgb '#333333' notitle, \
  $series0_0 using 1:2 with points pointtype 7 pointsize 1.305 linecolor rgb '#ffffff' notitle, \
  $series0_0 using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#0072B2' title 'class 0' noenhanced, \
  $series0_1 using 1:2 with points pointtype 5 pointsize 1.305 linecolor rgb '#ffffff' notitle, \
  $series0_1 using 1:2 with points pointtype 5 pointsize 0.9 linecolor rgb '#D55E00' title 'class 1' noenhanced
